/**
 * The unigram language model (Kudo 2018, "Subword Regularization"): {@link org.t5j.tokenizer.unigram.UnigramSegmenter}
 * finds the most probable segmentation, {@link org.t5j.tokenizer.unigram.UnigramTrainer} makes a vocabulary from text
 * and is where to start. Other model types do not belong here.
 */
package org.t5j.tokenizer.unigram;
