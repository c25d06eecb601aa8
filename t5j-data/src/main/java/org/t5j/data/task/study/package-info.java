/**
 * The supervised tasks and mixtures of the T5 study (Raffel et al. 2020), fed from local files in the formats in which their
 * data sets are distributed. Start at {@link org.t5j.data.task.study.StudyTasks} and {@link
 * org.t5j.data.task.study.StudyMixtures}; {@link org.t5j.data.task.study.StudyTask} shows how to write one more. Facts are
 * those of upstream's {@code t5/data/tasks.py}, {@code preprocessors.py}, {@code postprocessors.py}, {@code glue_utils.py}
 * and {@code mixtures.py}, of TFDS's {@code glue.py} and {@code super_glue.py}, and of {@code t5_closed_book_qa}.
 */
package org.t5j.data.task.study;
