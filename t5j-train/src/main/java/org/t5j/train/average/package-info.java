/**
 * Averages of a model's weights over training: what is evaluated and saved in their stead, where {@code average} of a
 * configuration says so. Start at {@link org.t5j.train.average.WeightAverage}; a new average is a record and a line in
 * {@link org.t5j.train.average.Averages}. Averages of checkpoints that are written already are {@code bin/t5j average}.
 */
package org.t5j.train.average;
