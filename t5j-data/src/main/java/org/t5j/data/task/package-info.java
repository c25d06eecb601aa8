/**
 * What to learn: a {@link org.t5j.data.task.Task} says where examples come from, how they become inputs and targets,
 * and how predictions are scored; a {@link org.t5j.data.task.Mixture} samples several tasks by rates. Start at {@code
 * Task}, or at {@link org.t5j.data.task.TaskConfig} for tasks in configuration files. All is text in, text out: ids
 * come with {@code org.t5j.data.dataset}.
 */
package org.t5j.data.task;
