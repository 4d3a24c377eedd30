using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Contrastive.Kernel.Scripting;

/// <summary>Reports the compiler's errors with the cell's line and column, and the line itself with carets under the place.</summary>
internal static class CompileErrors
{
    public static CellError Describe(ImmutableArray<Diagnostic> errors, CellSources sources, string cellName)
    {
        var traceback = new List<string>();
        foreach (var error in errors)
        {
            var message = $"error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
            if (!error.Location.IsInSource)
            {
                traceback.Add($"{cellName}: {message}");
                continue;
            }

            var span = error.Location.GetLineSpan();
            var (line, column) = (span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
            var place = sources.Contains(span.Path) ? span.Path : cellName;
            traceback.Add(string.Create(CultureInfo.InvariantCulture, $"{CellSources.Place(place, line)}, column {column}: {message}"));
            var text = sources.Line(place, line);
            if (text.Length > 0)
            {
                var length = span.EndLinePosition.Line == span.StartLinePosition.Line
                    ? span.EndLinePosition.Character - span.StartLinePosition.Character
                    : text.Length - column + 1;
                traceback.Add("    " + text.Replace('\t', ' '));
                traceback.Add("    " + new string(' ', column - 1) + new string('^', Math.Max(1, length)));
            }
        }

        return new CellError("CompilationError", traceback[0], traceback);
    }
}
