//! The language server: an editor asks, over the Language Server Protocol.

mod address;
mod analysis;
mod completion;
mod cursor;
mod definition;
mod diagnostics;
mod document;
mod expected;
mod hover;
mod lines;
mod names;
mod session;
mod symbols;

use lsp_server::{Connection, Message};
use session::{Next, Session};
use std::time::Duration;

/// How long it is waited for another key before problems are told.
const PAUSE: Duration = Duration::from_millis(120);
/// After so many messages problems are told although more are coming.
const PATIENCE: usize = 50;

/// Why serving an editor ended before the editor said so.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// It left without saying that it would.
    #[error("the editor ended without `shutdown`")]
    Unexpected,
    /// It can no longer be reached, or what it said is no message of the protocol.
    #[error("the editor cannot be understood or reached: {0}")]
    Lost(String),
}

/// Serves one editor until it ends.
///
/// # Errors
///
/// [`ServeError::Unexpected`] if it ends without `shutdown`, [`ServeError::Lost`] if it can no longer be
/// reached.
pub fn serve(connection: &Connection) -> Result<(), ServeError> {
    let mut session = Session::default();
    let mut out = Vec::new();
    let mut heard = 0;
    loop {
        let message = if session.is_changed() && heard >= PATIENCE {
            None
        } else if session.is_changed() {
            match connection.receiver.recv_timeout(PAUSE) {
                Ok(message) => Some(message),
                Err(error) if error.is_timeout() => None,
                Err(error) => return Err(ServeError::Lost(error.to_string())),
            }
        } else {
            let message = connection.receiver.recv();
            Some(message.map_err(|error| ServeError::Lost(error.to_string()))?)
        };
        let next = match message {
            Some(message) => {
                heard += 1;
                session.take(message, &mut out)
            }
            None => {
                heard = 0;
                session.tell(&mut out);
                Next::Listen
            }
        };
        for message in out.drain(..) {
            send(connection, message)?;
        }
        if let Next::End { expected } = next {
            return if expected { Ok(()) } else { Err(ServeError::Unexpected) };
        }
    }
}

fn send(connection: &Connection, message: Message) -> Result<(), ServeError> {
    connection.sender.send(message).map_err(|error| ServeError::Lost(error.to_string()))
}

/// Serves the editor at stdin and stdout until it ends.
///
/// # Errors
///
/// As [`serve`].
pub fn serve_stdio() -> Result<(), ServeError> {
    let (connection, threads) = Connection::stdio();
    let served = serve(&connection);
    drop(connection);
    match served {
        // Whoever left without a word may still hold stdin: nothing is waited for.
        Err(error) => Err(error),
        Ok(()) => threads.join().map_err(|error| ServeError::Lost(error.to_string())),
    }
}
