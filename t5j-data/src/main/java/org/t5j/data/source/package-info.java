/**
 * Where examples come from: lines, documents, TSV, CSV, JSON lines, JSON and Parquet, in one file or many; text plain, gzip
 * or zstd. Start with {@link org.t5j.data.source.Source}; a source delivers {@link org.t5j.data.Example}s in a fixed order,
 * as a stream in constant memory, and can start at any of them. What cannot be read is an error that names file, line and
 * remedy; bad rows may be skipped and counted ({@link org.t5j.data.source.OnBadRow}). Nothing here tokenizes or shuffles.
 *
 * <p>A format is a {@code Source} of its own and a line in {@link org.t5j.data.source.SourceConfig}. One of text cuts the
 * lines of a {@code LineReader} into rows and makes examples of them; {@code FileExamples} does the rest.
 */
package org.t5j.data.source;
