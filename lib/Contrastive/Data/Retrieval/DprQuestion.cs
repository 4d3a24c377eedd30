using Contrastive.Retrieval;

namespace Contrastive.Data;

/// <summary>A question of DPR's training data, with passages that answer it and passages that do not.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Answers">The texts that answer it, each once.</param>
public sealed record DprQuestion(string Question, IReadOnlyList<string> Answers)
{
    /// <summary>Passages that answer it (<c>positive_ctxs</c>), the best first; may be empty.</summary>
    public IReadOnlyList<DprPassage> Positives { get; init; } = [];

    /// <summary>Passages that do not (<c>negative_ctxs</c>), drawn at random or from other questions; may be empty.</summary>
    public IReadOnlyList<DprPassage> Negatives { get; init; } = [];

    /// <summary>Passages that a search finds though they do not (<c>hard_negative_ctxs</c>), the hardest first; may be empty.</summary>
    public IReadOnlyList<DprPassage> HardNegatives { get; init; } = [];

    /// <summary>A question with what was mined for it, to be written by <see cref="DprFile.Write"/>.</summary>
    /// <param name="query">The question and its answers.</param>
    /// <param name="positives">Passages that answer it, the best first.</param>
    /// <param name="hardNegatives">Passages that do not, with the score of the search that found them, the hardest first.</param>
    /// <exception cref="ArgumentException">A passage is among both; the message names the question and the passage.</exception>
    public static DprQuestion Of(Query query, IEnumerable<Passage> positives, IEnumerable<(Passage Passage, double Score)> hardNegatives)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentNullException.ThrowIfNull(hardNegatives);
        DprPassage[] right = [.. positives.Select(passage => DprPassage.Of(passage))];
        DprPassage[] wrong = [.. hardNegatives.Select(passage => DprPassage.Of(passage.Passage) with { Score = passage.Score })];
        return wrong.FirstOrDefault(passage => right.Any(other => other.Id == passage.Id)) is { } both
            ? throw new ArgumentException($"Query '{query.Id}': the passage '{both.Id}' is among its positives; expected hard negatives that do not answer it.", nameof(hardNegatives))
            : new DprQuestion(query.Text, query.Answers) { Positives = right, HardNegatives = wrong };
    }
}

/// <summary>A passage in DPR's training data.</summary>
/// <param name="Title">The title of its article; may be empty.</param>
/// <param name="Text">What it says.</param>
public sealed record DprPassage(string Title, string Text)
{
    /// <summary>Its name in the corpus (<c>passage_id</c>, or <c>psg_id</c>); null where the file gives none.</summary>
    public string? Id { get; init; }

    /// <summary>How well the search found that it fits; null where the file gives none.</summary>
    public double? Score { get; init; }

    /// <summary>How well its title fits; null where the file gives none.</summary>
    public double? TitleScore { get; init; }

    internal static DprPassage Of(Passage passage) => new(passage.Title, passage.Text) { Id = passage.Id };
}
