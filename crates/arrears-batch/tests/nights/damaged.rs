//! Files that were damaged or cut short: a clear error, and everything as it was.

use crate::books::{MANY, contents, everything, last_night, lines, row};
use crate::support::{Folder, HEADER, decide};
use arrears_batch::{Options, RunError, TableError};
use arrow_array::{ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use std::path::PathBuf;
use std::sync::Arc;

/// Rows of the Parquet table, in row groups of a third of them.
const ROWS: i64 = 6_000;

fn columns() -> Vec<(&'static str, ArrayRef)> {
    let rows = || 0..ROWS;
    let overdue = Decimal128Array::from_iter_values(rows().map(|row| i128::from(row * 137 % 9_001)));
    vec![
        ("account_id", Arc::new(StringArray::from_iter_values(rows().map(|row| format!("A{row}")))) as ArrayRef),
        ("dpd", Arc::new(Int64Array::from_iter_values(rows().map(|row| row % 95)))),
        ("overdue", Arc::new(overdue.with_precision_and_scale(18, 2).unwrap())),
        ("cause", Arc::new(StringArray::from_iter_values(rows().map(|_| "forgot")))),
        ("deceased", Arc::new(BooleanArray::from_iter(rows().map(|row| Some(row % 101 == 0))))),
        ("dispute", Arc::new(BooleanArray::from_iter(rows().map(|row| Some(row % 67 == 0))))),
        (
            "risk",
            Arc::new(Float64Array::from_iter_values(
                rows().map(|row| f64::from(i8::try_from(row % 7).unwrap()) / 10.0),
            )),
        ),
        ("days_since_payment", Arc::new(Int64Array::from_iter_values(rows().map(|row| row * 31 % 1_009)))),
    ]
}

/// Writes the table, and says where its footer begins and where the second row group has
/// each column.
fn parquet(folder: &Folder, compression: Compression) -> (PathBuf, usize, Vec<std::ops::Range<usize>>) {
    let path = folder.path("book.parquet");
    let batch = RecordBatch::try_from_iter(columns()).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(usize::try_from(ROWS / 3).unwrap()))
        .build();
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    assert_eq!(reader.metadata().num_row_groups(), 3);
    let chunks = reader.metadata().row_group(1).columns().iter().map(|column| {
        let (start, length) = column.byte_range();
        let start = usize::try_from(start).unwrap();
        start..start + usize::try_from(length).unwrap()
    });
    let bytes = std::fs::read(&path).unwrap();
    let footer: [u8; 4] = bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap();
    let footer = bytes.len() - 8 - usize::try_from(u32::from_le_bytes(footer)).unwrap();
    (path, footer, chunks.collect())
}

/// Decides a table that was damaged: either all of it, or nothing that is left behind.
fn night(folder: &Folder, table: &str, bytes: &[u8], options: &Options) -> Result<(), RunError> {
    let table = folder.write(table, bytes);
    last_night(folder);
    let before = contents(folder);
    match decide(&table, options) {
        Ok(summary) => {
            assert_eq!(summary.rows, summary.decisions + summary.errors);
            assert_eq!(lines(folder, "out.jsonl").len(), usize::try_from(summary.decisions).unwrap());
            std::fs::remove_file(folder.path("state.csv")).unwrap();
            Ok(())
        }
        Err(error) => {
            assert!(before == contents(folder), "{error}: {:?}", folder.files());
            Err(error)
        }
    }
}

/// What is said of a file that cannot be read.
fn damage(folder: &Folder, error: RunError) -> String {
    assert!(matches!(error, RunError::Table(TableError::Damaged { .. })), "{error:?}");
    folder.without(error)
}

#[test]
fn a_page_header_that_makes_no_sense_is_a_damaged_file() {
    let folder = Folder::new();
    let options = everything(&folder, "2026-11-30");
    for compression in [Compression::UNCOMPRESSED, Compression::ZSTD(ZstdLevel::default())] {
        let (path, _, chunks) = parquet(&folder, compression);
        let whole = std::fs::read(path).unwrap();
        for chunk in chunks {
            for wrong in [0x00, 0xFF] {
                let mut bytes = whole.clone();
                bytes[chunk.start..chunk.start + 12].fill(wrong);
                let said = damage(&folder, night(&folder, "book.parquet", &bytes, &options).unwrap_err());
                let begins = "book.parquet: is damaged: it holds 6000 rows and cannot be read on after row 0: ";
                assert!(said.starts_with(begins), "{said}");
            }
        }
    }
}

#[test]
fn bytes_that_are_turned_within_a_column_never_leave_half_a_night() {
    let folder = Folder::new();
    let options = everything(&folder, "2026-11-30");
    let (mut damaged, mut tried) = (0, 0);
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())] {
        let (path, _, chunks) = parquet(&folder, compression);
        let whole = std::fs::read(path).unwrap();
        for (place, chunk) in chunks.into_iter().enumerate() {
            let mut bytes = whole.clone();
            let middle = usize::midpoint(chunk.start, chunk.end);
            let end = (middle + 24).min(chunk.end);
            let turn = [0xFF, 0x55, 0x80][place % 3];
            bytes[middle..end].iter_mut().for_each(|byte| *byte ^= turn);
            tried += 1;
            match night(&folder, "book.parquet", &bytes, &options) {
                Err(RunError::Table(error @ TableError::Damaged { .. })) => {
                    damaged += 1;
                    let said = folder.without(error);
                    assert!(said.starts_with("book.parquet: is damaged: it holds 6000 rows and cannot"), "{said}");
                }
                // Without checksums a file cannot tell that other values stand there now.
                Ok(()) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(tried == 24 && damaged >= 8, "{damaged} of {tried}");
}

#[test]
fn a_footer_that_is_damaged_anywhere_is_an_error_or_does_no_harm() {
    let folder = Folder::new();
    let options = everything(&folder, "2026-11-30");
    let (path, footer, _) = parquet(&folder, Compression::UNCOMPRESSED);
    let whole = std::fs::read(path).unwrap();
    let mut refused = 0;
    let places: Vec<usize> = (footer..whole.len()).step_by(47).chain(footer..footer + 8).collect();
    for place in &places {
        let mut bytes = whole.clone();
        bytes[*place] ^= 0xFF;
        if let Err(error) = night(&folder, "book.parquet", &bytes, &options) {
            refused += 1;
            assert!(matches!(error, RunError::Table(_) | RunError::Schema(_)), "{error:?}");
            assert!(folder.without(error).starts_with("book.parquet"));
        }
    }
    assert!(refused * 4 > places.len(), "{refused} of {}", places.len());
    for wrong in [0, 1_000_000, u32::MAX] {
        let mut bytes = whole.clone();
        let end = bytes.len();
        bytes[end - 8..end - 4].copy_from_slice(&wrong.to_le_bytes());
        let said = damage(&folder, night(&folder, "book.parquet", &bytes, &options).unwrap_err());
        assert!(said.starts_with("book.parquet: the footer cannot be read: "), "{said}");
    }
}

#[test]
fn a_file_that_is_cut_short_is_named_and_the_results_of_last_night_stand() {
    let folder = Folder::new();
    let options = everything(&folder, "2026-11-30");
    let (path, footer, chunks) = parquet(&folder, Compression::UNCOMPRESSED);
    let whole = std::fs::read(path).unwrap();
    for length in [100, chunks[3].start, chunks[5].end, footer, footer + 50, whole.len() - 8, whole.len() - 1] {
        let said = damage(&folder, night(&folder, "book.parquet", &whole[..length], &options).unwrap_err());
        let wanted = format!(
            "book.parquet: is cut off after {length} bytes: the mark that ends every Parquet file is not there"
        );
        assert_eq!(said, wanted);
    }
    // Bytes that are missing in the middle leave a footer that points elsewhere.
    let mut bytes = whole.clone();
    bytes.drain(chunks[0].clone());
    assert!(night(&folder, "book.parquet", &bytes, &options).is_err());
}

#[test]
fn a_csv_file_that_is_cut_off_within_quotes_is_named_with_the_line_on_which_they_open() {
    let folder = Folder::new();
    let mut options = everything(&folder, "2026-11-30");
    let of = |number: u32| row(&format!("\"A{number}, joint\""), number);
    let whole = format!("{HEADER}{}", (1..=MANY).map(of).collect::<String>());
    let last = whole.rfind("\"A25000").unwrap();
    let said = "book.csv: line 25001: a quote is opened and not closed: the file may be cut off";
    for keep_going in [true, false] {
        options.keep_going = keep_going;
        let cut = night(&folder, "book.csv", &whole.as_bytes()[..last + 5], &options);
        assert_eq!(damage(&folder, cut.unwrap_err()), said);
    }
    // A line that is cut off elsewhere is an error of its row.
    let cut = night(&folder, "book.csv", &whole.as_bytes()[..whole.len() - 9], &options).unwrap_err();
    assert!(matches!(cut, RunError::Rows(_)));
    assert_eq!(
        folder.without(cut),
        "book.csv: 1 row of 25000 cannot be decided, and nothing was written:\n  \
         row 25000 (line 25001), account A25000, joint, the line has 7 cells, the header has 8: the file may be cut off here"
    );
    // A quote that opens in the middle swallows rows until the next one closes it, or the end.
    let (before, after) = whole.split_at(whole.find("\"A17000").unwrap());
    let opened = format!("{before}\"{}", after.replace('"', ""));
    let opened = night(&folder, "book.csv", opened.as_bytes(), &options).unwrap_err();
    assert_eq!(
        damage(&folder, opened),
        "book.csv: line 17001: a quote is opened and not closed: the file may be cut off"
    );
}
