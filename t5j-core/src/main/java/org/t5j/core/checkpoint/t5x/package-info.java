/** Checkpoints of T5X: flax's msgpack files, their names and shapes under Hugging Face's, Adafactor's states. */
package org.t5j.core.checkpoint.t5x;
