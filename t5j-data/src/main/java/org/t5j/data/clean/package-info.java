/**
 * Cleaning of corpora. Start at {@link org.t5j.data.clean.Cleaner}, which applies C4's rules to one document; {@link
 * org.t5j.data.clean.CleaningRules} is their list. What occurs more than once is {@code org.t5j.data.dedup}'s business;
 * {@code org.t5j.data.prepare} does all of it to a corpus of any size.
 */
package org.t5j.data.clean;
