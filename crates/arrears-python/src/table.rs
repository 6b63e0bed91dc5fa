//! Tables that Python hands over, and tables that it gets.

use crate::{arrow, work};
use arrears_batch::{HeldTable, StreamTable};
use arrow_array::{Array as _, RecordBatch, RecordBatchIterator};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::atomic::Ordering;

/// Rows in memory, in Arrow's layout.
#[pyclass(frozen, module = "arrears._arrears")]
#[derive(Clone)]
pub(crate) struct Table {
    held: HeldTable,
}

/// Rows that come once.
#[pyclass(frozen, module = "arrears._arrears")]
#[derive(Clone)]
pub(crate) struct Stream {
    rows: StreamTable,
}

impl Table {
    /// Rows of one schema.
    pub(crate) fn new(called: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { held: HeldTable::new(called, schema, batches) }
    }

    /// The rows.
    pub(crate) const fn held(&self) -> &HeldTable {
        &self.held
    }
}

impl Stream {
    /// The rows.
    pub(crate) const fn rows(&self) -> &StreamTable {
        &self.rows
    }
}

#[pymethods]
impl Table {
    /// The rows of an object that has `__arrow_c_stream__`: where they are, not copied.
    #[staticmethod]
    fn of(py: Python<'_>, object: &Bound<'_, PyAny>, called: &str) -> PyResult<Self> {
        let reader = arrow::reader(object)?;
        let schema = arrow_array::RecordBatchReader::schema(&reader);
        let batches = work::patiently(py, None, move |line| {
            let told = reader.take_while(|_| !line.stop().load(Ordering::Relaxed));
            told.collect::<Result<Vec<_>, ArrowError>>()
        })?;
        let batches = batches.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self::new(called, schema, batches))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Whoever asks for another schema converts: the interface leaves it open.
        let _ = requested_schema;
        let batches: Vec<Result<RecordBatch, ArrowError>> = self.held.batches().iter().cloned().map(Ok).collect();
        arrow::stream(py, Box::new(RecordBatchIterator::new(batches, self.held.schema().clone())))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, self.held.schema())
    }

    fn __len__(&self) -> usize {
        self.held.rows()
    }

    /// Names and types of the columns.
    fn columns(&self) -> Vec<(String, String)> {
        let fields = self.held.schema().fields().iter();
        fields.map(|field| (field.name().clone(), field.data_type().to_string())).collect()
    }

    /// Some rows as text.
    fn texts(&self, start: usize, rows: usize) -> PyResult<Vec<Vec<Option<String>>>> {
        let (mut texts, mut skip) = (Vec::new(), start);
        for batch in self.held.batches() {
            let from = skip.min(batch.num_rows());
            skip -= from;
            let some = batch.slice(from, rows.saturating_sub(texts.len()).min(batch.num_rows() - from));
            texts.extend(texts_of(&some).map_err(|error| PyValueError::new_err(error.to_string()))?);
        }
        Ok(texts)
    }

    /// Where the buffers of a column are, batch by batch.
    fn addresses(&self, column: usize) -> Vec<Vec<usize>> {
        let of = |batch: &RecordBatch| {
            let data = batch.columns().get(column).map(|array| array.to_data());
            let buffers = data.iter().flat_map(|data| data.buffers().iter());
            buffers.map(|buffer| buffer.as_ptr().addr()).collect()
        };
        self.held.batches().iter().map(of).collect()
    }
}

fn texts_of(rows: &RecordBatch) -> Result<Vec<Vec<Option<String>>>, ArrowError> {
    let options = FormatOptions::default();
    let columns = rows.columns().iter().map(|column| ArrayFormatter::try_new(column, &options));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let text = |row: usize| {
        let cells = rows.columns().iter().zip(&columns);
        let cell = |(column, format): (&arrow_array::ArrayRef, &ArrayFormatter<'_>)| {
            if column.is_null(row) { Ok(None) } else { format.value(row).try_to_string().map(Some) }
        };
        cells.map(cell).collect()
    };
    (0..rows.num_rows()).map(text).collect()
}

#[pymethods]
impl Stream {
    /// The rows of an object that has `__arrow_c_stream__`, one batch after another.
    #[staticmethod]
    fn of(object: &Bound<'_, PyAny>, called: &str) -> PyResult<Self> {
        let reader = arrow::reader(object)?;
        Ok(Self { rows: StreamTable::new(called, Box::new(reader)) })
    }
}
