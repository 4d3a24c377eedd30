using System.Globalization;

namespace Contrastive.Evaluation;

/// <summary>How an encoder did on several similarity tasks.</summary>
/// <param name="Tasks">Task by task, in their order.</param>
public sealed record SimilarityScores(IReadOnlyList<TaskScore> Tasks)
{
    /// <summary>The mean of the tasks' ρ, all weighted equally whatever their size: the last column of the papers' tables. NaN where the
    /// encoder collapsed on a task.</summary>
    public double Average => Tasks.Average(task => task.Spearman);

    /// <summary>The ρ of a task.</summary>
    /// <param name="task">Its name.</param>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public double this[string task] => Tasks.FirstOrDefault(score => score.Task == task)?.Spearman
        ?? throw new ArgumentException($"There is no task '{task}'. There are: {string.Join(", ", Tasks.Select(score => score.Task))}.", nameof(task));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Tasks.Select(score => Show(score.Task, score.Spearman)).Append(Show("average", Average)));

    private static string Show(string name, double value) => double.IsNaN(value)
        ? $"{name} undefined (all similarities are equal: the encoder collapsed)"
        : string.Create(CultureInfo.InvariantCulture, $"{name} {100 * value:F2}");
}

/// <summary>How an encoder did on one similarity task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Pairs">How many pairs it has.</param>
/// <param name="Spearman">Spearman's ρ between the similarities and the scores, in [−1, 1]; NaN where the encoder collapsed. Papers
/// print 100 ρ.</param>
public sealed record TaskScore(string Task, int Pairs, double Spearman);
