namespace Contrastive.Runs;

/// <summary>A figure of the paper beside ours.</summary>
/// <param name="What">What is measured, on which data.</param>
/// <param name="Paper">The paper's figure as printed, with its set-up where that matters; null where it gives none.</param>
/// <param name="Ours">This run's figure.</param>
/// <param name="Note">Why they differ.</param>
public sealed record PaperRow(string What, string? Paper, double Ours, string Note = "");
