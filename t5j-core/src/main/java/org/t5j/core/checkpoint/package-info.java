/**
 * Models on disk, in the layout of Hugging Face: {@code config.json}, {@code generation_config.json} and {@code
 * model.safetensors} (or shards of it).
 *
 * <p>Start at {@link org.t5j.core.checkpoint.CheckpointReader} and {@link org.t5j.core.checkpoint.CheckpointWriter};
 * {@link org.t5j.core.checkpoint.CheckpointDirectory} makes a directory of any files appear at once, with checksums.
 * {@link org.t5j.core.checkpoint.SafetensorsReader} and {@link org.t5j.core.checkpoint.SafetensorsWriter} know the file
 * format and nothing of T5.
 *
 * <p>Every file is taken to be hostile: what is wrong with it is said in one {@link org.t5j.core.T5Exception}, before
 * any weight is changed. What a tokenizer or an optimizer writes does not belong here.
 */
package org.t5j.core.checkpoint;
