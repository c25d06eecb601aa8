/**
 * What the training of every type of vocabulary shares: reading and normalising text, the characters to cover, which
 * substrings may become pieces, the ids of special pieces. It does what {@code spm_train} 0.1.97 does.
 */
package org.t5j.tokenizer.train;
