/**
 * Batches: trimmed examples, bucketed by length and padded, or several packed into a row. {@link
 * org.t5j.data.batch.BatchStream} is what a trainer consumes, endless and resumable at a {@link
 * org.t5j.data.batch.DataPosition}; {@link org.t5j.data.batch.EvalBatches} is one pass in the order of the files. Start
 * at the former. Nothing here knows tensors.
 */
package org.t5j.data.batch;
