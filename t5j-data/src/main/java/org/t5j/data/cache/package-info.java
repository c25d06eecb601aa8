/**
 * Tokenized documents, in memory ({@link org.t5j.data.cache.TokenStore}) or in memory-mapped files ({@link
 * org.t5j.data.cache.TokenShards}, made by {@link org.t5j.data.cache.TokenShardWriter}). {@link
 * org.t5j.data.cache.TokenCache} makes one of the two from text, by many threads. Start at {@link
 * org.t5j.data.cache.DocumentStore}, what both are. What becomes of the documents is {@code org.t5j.data.dataset}'s
 * business.
 */
package org.t5j.data.cache;
