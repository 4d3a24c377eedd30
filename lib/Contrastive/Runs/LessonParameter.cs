namespace Contrastive.Runs;

/// <summary>A hyperparameter of a lesson: its value in this run and where the value came from.</summary>
/// <param name="Name">The name, as <c>--set</c> takes it.</param>
/// <param name="Value">The value in this run.</param>
/// <param name="Default">The value that this tier would have without an override.</param>
/// <param name="Source">The tier, <c>all tiers</c>, <c>--set</c>, or <c>the data</c> where it is too small.</param>
public sealed record LessonParameter(string Name, object? Value, object? Default, string Source);
