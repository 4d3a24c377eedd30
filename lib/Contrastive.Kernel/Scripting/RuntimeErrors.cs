using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Contrastive.Kernel.Scripting;

/// <summary>Reports a cell's exception with the cells' own lines only: the compiler's and the libraries' frames are left out.</summary>
internal static partial class RuntimeErrors
{
    public static CellError Describe(Exception exception, CellSources sources)
    {
        exception = Unwrap(exception);
        var traceback = new List<string> { $"{exception.GetType().FullName}: {exception.Message}" };
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            traceback.Add($"  because of {inner.GetType().FullName}: {inner.Message}");
        }

        var places = new List<string>();
        for (var e = exception; e is not null && places.Count == 0; e = e.InnerException)
        {
            places.AddRange(OwnLines(e, sources));
        }

        return new CellError(exception.GetType().Name, exception.Message, [.. traceback, .. places]);
    }

    private static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    private static IEnumerable<string> OwnLines(Exception exception, CellSources sources)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() is { } file && sources.Contains(file))
            {
                var line = frame.GetFileLineNumber();
                var method = MethodName(frame.GetMethod());
                yield return $"   at {CellSources.Place(file, line)}{(method is null ? "" : $", in {method}")}: {sources.Line(file, line).Trim()}";
            }
        }
    }

    /// <summary>The name that the reader wrote, or null for a cell's own top level.</summary>
    private static string? MethodName(MethodBase? method)
    {
        if (method is null)
        {
            return null;
        }

        // An async or iterator method runs in a nested type's MoveNext, a local function as <Outer>g__Name|0_0, a lambda as <Outer>b__0.
        var name = method.Name == "MoveNext" && method.DeclaringType is { } machine ? machine.Name : method.Name;
        if (LocalFunction().Match(name) is { Success: true } local)
        {
            return local.Groups[1].Value;
        }

        if (name.Contains(">b__", StringComparison.Ordinal))
        {
            return "a lambda";
        }

        var written = Compiled().Match(name) is { Success: true } compiled ? compiled.Groups[1].Value : name;
        if (written is "<Initialize>" or "<Factory>")
        {
            return null;
        }

        var type = method.Name == "MoveNext" ? method.DeclaringType?.DeclaringType : method.DeclaringType;
        var owner = type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal) || type.Name.StartsWith('<')
            ? "" : type.Name + ".";
        return (owner + written).Replace("..ctor", "'s constructor", StringComparison.Ordinal);
    }

    [GeneratedRegex(@">g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^<(.+)>d__\d+")]
    private static partial Regex Compiled();
}
