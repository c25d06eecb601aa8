/**
 * Examples as ids: a {@link org.t5j.data.dataset.TaskDataset} of a task or a {@link
 * org.t5j.data.dataset.PretrainingDataset} of a corpus and an objective, each tokenized once and kept by {@code
 * org.t5j.data.cache}. Start at {@link org.t5j.data.dataset.TrainingData}, which puts them together. A {@link
 * org.t5j.data.dataset.Dataset} answers "example i of epoch e" as a pure function, which is what makes resuming exact.
 * Order, batches, padding and packing are {@code org.t5j.data.batch}'s business.
 */
package org.t5j.data.dataset;
