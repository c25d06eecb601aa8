/**
 * Writing text with a trained model: token by token, from the logits of a {@link org.t5j.core.decode.DecoderState}.
 *
 * <p>Start at {@link org.t5j.core.decode.Generator}; {@link org.t5j.core.decode.GenerationConfig} says how to search.
 * Greedy, beam and sampling searches give the tokens and scores of {@code generate()} of Hugging Face transformers
 * 4.43. A new way to bend the logits is one {@link org.t5j.core.decode.LogitsProcessor} and one line in its
 * {@link org.t5j.core.decode.LogitsProcessor#of}.
 *
 * <p>Not here: the model and its caches, tensors, text.
 */
package org.t5j.core.decode;
