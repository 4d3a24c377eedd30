using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contrastive.Tests;

/// <summary>A room's use of another, and where.</summary>
internal sealed record Arrow(string From, string To, string Place)
{
    public override string ToString() => $"{From} → {To} ({Place})";
}

/// <summary>The rooms of the library, and which others the source of each uses, once a compiler has bound every name.</summary>
internal static partial class Rooms
{
    private const string Library = "Contrastive";

    public static string Folder { get; } = Repository.Path("lib", Library);

    public static IReadOnlyList<string> All { get; } = [.. Directory.GetDirectories(Folder)
        .Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    /// <summary>What each room may use, according to the table in docs/architecture.md.</summary>
    public static IReadOnlyDictionary<string, ImmutableHashSet<string>> Allowed { get; } = File.ReadLines(Repository.Path("docs", "architecture.md"))
        .SkipWhile(line => line != "## Rooms").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Select(line => line.Split('|')).Where(cells => cells.Length == 5 && cells[1].Contains('`'))
        .ToDictionary(cells => Name().Match(cells[1]).Value, cells => Name().Matches(cells[3]).Select(match => match.Value).ToImmutableHashSet());

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private static readonly Lazy<CSharpCompilation> Compilation = new(Compile);

    /// <summary>The arrows of the library that are not in the table.</summary>
    public static IReadOnlyList<Arrow> Forbidden() => Forbidden(Compilation.Value, Compilation.Value.SyntaxTrees);

    /// <summary>The same for one more file.</summary>
    public static IReadOnlyList<Arrow> Forbidden(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, Options, "additional.cs");
        return Forbidden(Compilation.Value.AddSyntaxTrees(tree), [tree]);
    }

    private static IReadOnlyList<Arrow> Forbidden(CSharpCompilation compilation, IEnumerable<SyntaxTree> trees) =>
        [.. trees.SelectMany(tree => Arrows(tree, compilation.GetSemanticModel(tree))).Where(arrow => !Allowed[arrow.From].Contains(arrow.To))];

    /// <summary>Errors that keep names from being bound, and so hide arrows. Bodies that source generators write are not compiled here.</summary>
    public static IReadOnlyList<Diagnostic> Unbound()
    {
        const string NoBody = "CS8795";
        return [.. Compilation.Value.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != NoBody)];
    }

    private static CSharpCompilation Compile()
    {
        const string ImplicitUsings = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
            global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
            """;
        var files = All.SelectMany(room => Directory.GetFiles(Path.Combine(Folder, room), "*.cs", SearchOption.AllDirectories));
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file)).Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Options));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != Library).Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(Library, trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    // Every name, and every target-typed `new(…)`.
    private static IEnumerable<Arrow> Arrows(SyntaxTree tree, SemanticModel model) =>
        from node in tree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
        let used = RoomOf(model.GetSymbolInfo(node).Symbol)
        where used is not null
        let user = RoomOf(model.GetEnclosingSymbol(node.SpanStart)) ?? RoomOf(node)
        where user is not null && user != used
        select new Arrow(user, used, $"{Path.GetFileName(tree.FilePath)}, line {tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}: {node}");

    private static string? RoomOf(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => null,
        IArrayTypeSymbol array => RoomOf(array.ElementType),
        IMethodSymbol { ReducedFrom: { } extension } => RoomOf(extension),
        { ContainingAssembly.Name: Library } => Room(symbol.ContainingNamespace.ToDisplayString()),
        _ => null,
    };

    private static string? RoomOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>() is { } declaration ? Room(declaration.Name.ToString()) : null;

    private static string? Room(string name) => name.StartsWith(Library + ".", StringComparison.Ordinal) ? name[(Library.Length + 1)..] : null;

    [GeneratedRegex("(?<=`)[A-Za-z]+(?=`)")]
    private static partial Regex Name();
}
