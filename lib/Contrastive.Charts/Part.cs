namespace Contrastive.Charts;

/// <summary>A part of plotly.js's description of a figure, under plotly.js's own names.</summary>
internal sealed class Part : Dictionary<string, object>;
