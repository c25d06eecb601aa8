/**
 * Models of type char, one piece for each character. Start at {@link
 * org.t5j.tokenizer.character.CharacterSegmenter} for encoding, at {@link org.t5j.tokenizer.character.CharacterTrainer}
 * for making a vocabulary. Other model types do not belong here.
 */
package org.t5j.tokenizer.character;
