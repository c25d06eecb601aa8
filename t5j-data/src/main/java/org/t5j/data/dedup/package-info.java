/**
 * Finds what occurs more than once in a corpus. {@link org.t5j.data.dedup.Units} are parts of documents that are the same
 * to the letter, found by {@link org.t5j.data.dedup.RepeatedKeys}; {@link org.t5j.data.dedup.NearDuplicates} are whole
 * documents that are alike, found by {@link org.t5j.data.dedup.MinHash}. Of everything the first occurrence in the order
 * of the corpus stays, whatever the number of threads and the memory.
 */
package org.t5j.data.dedup;
