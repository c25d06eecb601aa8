/**
 * The {@code .model} file of SentencePiece: {@link org.t5j.tokenizer.model.ModelProto} and its parts as records, read
 * from and written to protobuf ({@code sentencepiece_model.proto}) with every field kept that this library does not
 * know; {@link org.t5j.tokenizer.model.Vocabulary} is its validated list of pieces. Start at {@code ModelProto}. No
 * segmentation here.
 */
package org.t5j.tokenizer.model;
