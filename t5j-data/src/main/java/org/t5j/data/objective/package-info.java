/**
 * Unsupervised objectives: how a segment of a corpus becomes inputs and targets. Start at {@link
 * org.t5j.data.objective.Objective}. One file and one line of {@link org.t5j.data.objective.Objectives} each, which
 * also knows those that a program registers. Masks and token replacements come from {@code org.t5j.data.noise}; cutting
 * the corpus into segments is {@code org.t5j.data.dataset.PretrainingDataset}'s work.
 */
package org.t5j.data.objective;
