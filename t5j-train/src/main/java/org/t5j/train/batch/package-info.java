/** From batches of data to batches of a model: {@link org.t5j.train.batch.ModelBatch}. */
package org.t5j.train.batch;
