/**
 * UTF-8 bytes: encoding into reused buffers, character lengths, a trie over bytes. Tokenization works on bytes
 * throughout, as SentencePiece does. Start at {@link org.t5j.tokenizer.bytes.Bytes}. Knows nothing of vocabularies or
 * models.
 */
package org.t5j.tokenizer.bytes;
