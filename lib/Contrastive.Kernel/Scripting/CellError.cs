namespace Contrastive.Kernel.Scripting;

/// <summary>Why a cell failed, in the three parts of Jupyter's error output.</summary>
/// <param name="Name">The exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Traceback">What a reader is shown: the message, then the places in the cells.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback);
