//! Tables over the Arrow C interface: streams and schemas in capsules, in and out.
//!
//! The only module of the project with unsafe code. What is relied on is the contract of the
//! PyCapsule interface (Apache Arrow, "The Arrow PyCapsule Interface"): a capsule of that name
//! holds a stream of that layout, which its receiver may move out.

#![expect(unsafe_code, reason = "the Arrow C interface is a C interface")]

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// The rows of any object that has `__arrow_c_stream__`.
pub(crate) fn reader(object: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name points to a stream of this layout that nobody else reads, and what is left
    // behind is a released one, as the interface asks of who moves it out.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr().cast()) };
    RecordBatchStreamReader::try_new(stream).map_err(refused)
}

/// A capsule with rows, for whoever reads them.
pub(crate) fn stream<'py>(py: Python<'py>, rows: Box<dyn RecordBatchReader + Send>) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(rows), STREAM)
}

/// A capsule with a schema.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(refused)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn refused(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
