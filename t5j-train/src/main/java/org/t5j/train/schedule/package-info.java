/**
 * Learning rates over time: one record per schedule, all of them {@link org.t5j.train.schedule.Schedule}s; a new one is
 * a record and a line in {@link org.t5j.train.schedule.Schedules}. Nothing here knows optimizers or models.
 */
package org.t5j.train.schedule;
