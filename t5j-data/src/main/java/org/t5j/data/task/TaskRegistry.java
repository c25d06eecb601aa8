package org.t5j.data.task;

import java.util.Set;
import org.t5j.data.DataException;
import org.t5j.data.Registry;

/** Tasks and mixtures by name; a name means one or the other. Unknown names are answered with the nearest. */
public final class TaskRegistry {
    private final Registry<Task> tasks = new Registry<>("task");
    private final Registry<Mixture> mixtures = new Registry<>("mixture");
    private final Registry<Ingredient> ingredients = new Registry<>("task or mixture");

    /** @throws DataException if the name is taken by a task or a mixture */
    public TaskRegistry add(Ingredient ingredient) {
        if (ingredient instanceof Task task) {
            checkFree(task.name(), mixtures.names(), "mixture");
            tasks.add(task.name(), task);
        } else if (ingredient instanceof Mixture mixture) {
            checkFree(mixture.name(), tasks.names(), "task");
            mixtures.add(mixture.name(), mixture);
        }
        ingredients.add(ingredient.name(), ingredient);
        return this;
    }

    private static void checkFree(String name, Set<String> taken, String kind) {
        DataException.check(
                !taken.contains(name), "There already is a %s named '%s'. Choose another name.", kind, name);
    }

    /** @throws DataException if there is no such task; the message names the nearest */
    public Task task(String name) {
        return tasks.get(name);
    }

    /** @throws DataException if there is no such mixture; the message names the nearest */
    public Mixture mixture(String name) {
        return mixtures.get(name);
    }

    /**
     * What a mixture may name: a task, a mixture or the corpus.
     *
     * @throws DataException if there is nothing of that name; the message names the nearest
     */
    public Ingredient ingredient(String name) {
        return ingredients.get(name);
    }

    /** The names of all tasks. */
    public Set<String> taskNames() {
        return tasks.names();
    }

    /** The names of all mixtures. */
    public Set<String> mixtureNames() {
        return mixtures.names();
    }
}
