/**
 * What the training of every type of vocabulary shares: reading and normalising text, the characters to cover, which
 * substrings may become pieces, the ids of special pieces. It does what {@code spm_train} 0.1.97 does. Start at {@link
 * org.t5j.tokenizer.train.VocabularyTrainer}, which is also the only class here that knows the trainers of the types;
 * how a type learns its pieces belongs to the package of the type.
 */
package org.t5j.tokenizer.train;
