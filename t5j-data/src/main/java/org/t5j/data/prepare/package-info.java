/**
 * Makes a corpus of any size ready for training: cleaned, without repetition, split, tokenized into memory-mapped shards.
 * Start at {@link org.t5j.data.prepare.Preparation}, whose stages each leave files in a hidden directory of the output, so
 * that a process killed at any instant goes on where it stood.
 */
package org.t5j.data.prepare;
