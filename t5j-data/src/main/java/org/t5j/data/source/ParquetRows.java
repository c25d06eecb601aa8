package org.t5j.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** The rows of Parquet files, a row group at a time; only the columns that are asked for are read. */
final class ParquetRows implements Rows {
    private final Iterator<Path> files;
    private final List<String> columns;
    private final JsonFields fields;
    private Path file;
    private ParquetFileReader reader;
    private MessageType schema;
    private Iterator<BlockMetaData> groups;
    /** The current group's rows; null while it is not read. */
    private RecordReader<Group> rows;

    private long leftInGroup;
    private long row;
    private Group current;

    ParquetRows(List<Path> files, List<String> columns) {
        this.files = files.iterator();
        this.columns = columns;
        this.fields = new JsonFields(columns);
    }

    @Override
    public boolean advance() {
        while (leftInGroup == 0) {
            if (!goToNextGroup()) {
                return false;
            }
        }
        take();
        return true;
    }

    /** Whole row groups are passed over without being read. */
    @Override
    public long skip(long count) {
        long left = count;
        while (left > 0 && (leftInGroup > 0 || goToNextGroup())) {
            if (rows == null && leftInGroup <= left) {
                reader.skipNextRowGroup();
                left -= leftInGroup;
                row += leftInGroup;
                leftInGroup = 0;
            } else {
                take();
                left--;
            }
        }
        return count - left;
    }

    private boolean goToNextGroup() {
        while (reader == null || !groups.hasNext()) {
            close();
            if (!files.hasNext()) {
                return false;
            }
            open(files.next());
        }
        rows = null;
        leftInGroup = groups.next().getRowCount();
        return true;
    }

    private void open(Path newFile) {
        file = newFile;
        row = 0;
        ParquetPages.checkKind(newFile);
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetPages())
                .build();
        try {
            reader = ParquetFileReader.open(new LocalInputFile(newFile), options);
            groups = reader.getRowGroups().iterator();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        schema = chosen(reader.getFileMetaData().getSchema());
        reader.setRequestedSchema(schema);
    }

    private MessageType chosen(MessageType all) {
        if (columns.isEmpty()) {
            return all;
        }
        columns.forEach(column -> DataException.check(
                all.getFields().stream().anyMatch(field -> holds(field, column)),
                "%s has no column '%s' (it has %s). Name one of those.",
                file,
                column,
                all.getFields().stream().map(Type::getName).toList()));
        return new MessageType(
                all.getName(),
                all.getFields().stream()
                        .filter(field -> columns.stream().anyMatch(column -> holds(field, column)))
                        .toList());
    }

    private static boolean holds(Type field, String column) {
        return column.equals(field.getName()) || column.startsWith(field.getName() + ".");
    }

    private void take() {
        try {
            if (rows == null) {
                rows = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(reader.readNextRowGroup(), new GroupRecordConverter(schema));
            }
            current = rows.read();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        leftInGroup--;
        row++;
    }

    private DataException damaged(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new DataException(
                String.format(
                        "Cannot read %s after row %d: %s. The file may be damaged; fetch or write it again.",
                        file, row, cause.getMessage()),
                e);
    }

    @Override
    public Example read() {
        String origin = file + " row " + row;
        return fields.read(ParquetValues.object(current, origin), origin);
    }

    @Override
    public void close() {
        if (reader != null) {
            ParquetFileReader closing = reader;
            reader = null;
            TextInput.close(file, closing);
        }
    }
}
