/**
 * The tokenizer files of Hugging Face: {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code
 * tokenizer.json}, written so that {@code AutoTokenizer.from_pretrained} loads a directory, and read back.
 */
package org.t5j.train.huggingface;
