/**
 * Learning rates over time: one record per schedule. Start at {@link org.t5j.train.schedule.Schedule}; a new one is a
 * record and a line in {@link org.t5j.train.schedule.Schedules}. Nothing here knows optimizers or models.
 */
package org.t5j.train.schedule;
