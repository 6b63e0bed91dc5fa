//! Tables over the Arrow C interface: streams and schemas in capsules, in and out.
//!
//! The only module of the project with unsafe code. What is relied on is the contract of the
//! PyCapsule interface (Apache Arrow, "The Arrow PyCapsule Interface" and "The Arrow C stream
//! interface"): a capsule of that name holds a stream of that layout, which its receiver may move
//! out, and whose functions may be called one after another from any thread until it is released.

#![expect(unsafe_code, reason = "the Arrow C interface is a C interface")]

use arrow_array::ffi::{FFI_ArrowArray, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;
use std::sync::Arc;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// Rows that come over the interface.
pub(crate) struct Incoming {
    stream: FFI_ArrowArrayStream, // INVARIANT: not released.
    schema: SchemaRef,
    read: u64,
}

/// The rows of any object that has `__arrow_c_stream__`.
pub(crate) fn reader(object: &Bound<'_, PyAny>) -> PyResult<Incoming> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name points to a stream of this layout that nobody else reads, and what is left
    // behind is a released one, as the interface asks of who moves it out.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr().cast()) };
    Incoming::new(stream).map_err(|error| PyValueError::new_err(error.to_string()))
}

impl Incoming {
    fn new(mut stream: FFI_ArrowArrayStream) -> Result<Self, ArrowError> {
        let (Some(get_schema), Some(_)) = (stream.get_schema(), stream.release()) else {
            return Err(ArrowError::CDataInterface("the stream has been read already".to_owned()));
        };
        let mut schema = FFI_ArrowSchema::empty();
        // SAFETY: the stream is not released, and both pointers are to values of this function.
        let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        if code != 0 {
            return Err(failure(&mut stream, code));
        }
        let schema = Arc::new(Schema::try_from(&schema)?);
        Ok(Self { stream, schema, read: 0 })
    }

    fn come(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let Some(get_next) = self.stream.get_next() else { return Ok(None) };
        let mut rows = FFI_ArrowArray::empty();
        // SAFETY: the stream is not released, and both pointers are to values that live here.
        let code = unsafe { get_next(&raw mut self.stream, &raw mut rows) };
        if code != 0 {
            return Err(failure(&mut self.stream, code));
        }
        if rows.is_released() {
            return Ok(None);
        }
        // SAFETY: by the interface, what a stream gives has the layout of the schema that it gave.
        let data = unsafe { from_ffi_and_data_type(rows, DataType::Struct(self.schema.fields().clone())) }?;
        let rows = StructArray::from(data);
        if let Some(row) = (0..rows.len()).find(|row| rows.is_null(*row)) {
            // Its cells are not what stands beneath: nobody says what they are.
            let row = self.read.saturating_add(u64::try_from(row).unwrap_or(0)).saturating_add(1);
            let problem = format!("row {row} is null as a whole: leave such rows out, or make its cells null");
            return Err(ArrowError::InvalidArgumentError(problem));
        }
        self.read = self.read.saturating_add(u64::try_from(rows.len()).unwrap_or(0));
        let count = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), rows.into_parts().1, &count).map(Some)
    }
}

impl Iterator for Incoming {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.come().transpose()
    }
}

impl RecordBatchReader for Incoming {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// What a stream says of its failure.
fn failure(stream: &mut FFI_ArrowArrayStream, code: i32) -> ArrowError {
    let said = stream.get_last_error().and_then(|last_error| {
        // SAFETY: the stream is not released; the text, if there is one, ends with a zero and lives until the
        // next call, which is after it was copied.
        let text = unsafe { last_error(std::ptr::from_mut(stream)) };
        // SAFETY: as above.
        (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    });
    ArrowError::CDataInterface(said.unwrap_or_else(|| format!("the rows end with error {code}")))
}

/// A capsule with rows, for whoever reads them.
pub(crate) fn stream<'py>(py: Python<'py>, rows: Box<dyn RecordBatchReader + Send>) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(rows), STREAM)
}

/// A capsule with a schema.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
