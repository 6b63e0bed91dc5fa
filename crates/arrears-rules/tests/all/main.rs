//! Policy files, tried from outside.

#![cfg(test)]

mod kinds;
mod mutations;
mod packs;
mod permits;
mod reading;
mod recovery;
mod rendering;
mod sandbox;
mod scripting;
mod spans;
mod tables;
mod truth;
mod under_law;
