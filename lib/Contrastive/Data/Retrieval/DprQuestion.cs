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
}
