using System.Text.Json.Serialization;

namespace Contrastive.Kernel.Worker;

/// <summary>The runner's request to its worker.</summary>
/// <param name="Number">The cell's number, which also marks its end in the console's streams.</param>
/// <param name="Name">The cell's name in errors.</param>
/// <param name="Code">The cell's code.</param>
internal sealed record RunCell(int Number, string Name, string Code);

/// <summary>What a worker reports to its runner, one JSON object per line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(StreamWritten), "stream")]
[JsonDerivedType(typeof(Displayed), "display")]
[JsonDerivedType(typeof(ResultShown), "result")]
[JsonDerivedType(typeof(CellFailed), "error")]
[JsonDerivedType(typeof(CellEnded), "ended")]
internal abstract record WorkerEvent;

/// <summary>The first event: the worker is ready for cells.</summary>
internal sealed record Ready : WorkerEvent;

internal sealed record StreamWritten(string Name, string Text) : WorkerEvent;

internal sealed record Displayed(string Id, IReadOnlyDictionary<string, string> Content, bool IsUpdate) : WorkerEvent;

internal sealed record ResultShown(IReadOnlyDictionary<string, string> Content) : WorkerEvent;

internal sealed record CellFailed(string Name, string Message, IReadOnlyList<string> Traceback) : WorkerEvent;

/// <summary>The last event of a cell.</summary>
internal sealed record CellEnded(int Number, bool Succeeded, long PeakMemoryBytes) : WorkerEvent;
