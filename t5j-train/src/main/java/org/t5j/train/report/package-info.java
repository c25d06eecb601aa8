/**
 * {@code report.html}: what {@code log.jsonl} and the files beside it say about a run, as one page ({@link
 * org.t5j.train.report.HtmlReport}, start there) without scripts and without anything to load.
 */
package org.t5j.train.report;
