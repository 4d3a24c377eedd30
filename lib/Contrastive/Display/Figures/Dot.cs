namespace Contrastive.Display;

/// <summary>One row of <see cref="Chart.Dots"/>: this run's figure, and beside it the same figure of other seeds.</summary>
/// <param name="Name">What was measured, such as <c>SimCLR, 12 epochs</c>.</param>
/// <param name="Value">This run's figure; null where this run has not measured it.</param>
/// <param name="Others">The figures of other seeds; none if null.</param>
public sealed record Dot(string Name, double? Value, IReadOnlyList<double>? Others = null);
