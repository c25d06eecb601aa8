/**
 * From text sources to batches of ids.
 *
 * <p>Start with {@code org.t5j.data.task.Task} (what to learn), {@code org.t5j.data.dataset} (its examples as ids) and
 * {@code org.t5j.data.batch.BatchStream} (what a trainer consumes). {@code org.t5j.data.prepare} makes raw text ready for
 * all of it. This package itself holds only what all of them
 * speak: {@link org.t5j.data.Example}, {@link org.t5j.data.TokenExample}, {@link org.t5j.data.DataException} and the
 * name {@link org.t5j.data.Registry}. Nothing in this module may know about models, tensors or ND4J.
 */
package org.t5j.data;
