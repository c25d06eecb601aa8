/**
 * The training loop, {@link org.t5j.train.Trainer}, with what goes into it and comes out of it.
 *
 * <p>To train from raw files, start at {@code org.t5j.train.run.Training}. {@code setup} holds the configuration and
 * builds what it names, {@code optim} and {@code schedule} what changes parameters, {@code evaluate} scores, {@code
 * listener} what watches a run, {@code run} the files it leaves, {@code config} how records are read from files. Text,
 * vocabularies and batches are {@code t5j-data}'s, tensors {@code t5j-core}'s; ND4J is not seen here.
 */
package org.t5j.train;
