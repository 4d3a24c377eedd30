using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contrastive.Kernel.Pages;

/// <summary>C# as HTML, its tokens marked by kind: keyword, type, method, text, number, comment, directive.</summary>
internal static class CodeColors
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    public static string Color(string code)
    {
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, Kind(token));
            Append(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (var piece in trivia)
        {
            var kind = piece.Kind();
            var isComment = kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
            Append(html, piece.ToFullString(), isComment ? "c" : piece.IsDirective ? "d" : null);
        }
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        if (text.Length > 0)
        {
            html.Append(kind is null ? Html.Escape(text) : $"<i class=\"{kind}\">{Html.Escape(text)}</i>");
        }
    }

    private static string? Kind(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken => "s",
        SyntaxKind.IdentifierToken => Name(token),
        _ => token.IsKeyword() ? "k" : null,
    };

    /// <summary>A name's kind, from its place and spelling alone: symbols are not resolved.</summary>
    private static string? Name(SyntaxToken token)
    {
        if (token.Text is "var" or "record" or "nameof" && token.Parent is IdentifierNameSyntax or RecordDeclarationSyntax)
        {
            return "k";
        }

        var isMember = token.Parent is { Parent: MemberAccessExpressionSyntax access } && access.Name == token.Parent;
        var called = isMember ? token.Parent!.Parent : token.Parent;
        if (token.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax
            || (called is ExpressionSyntax expression && called.Parent is InvocationExpressionSyntax invocation && invocation.Expression == expression))
        {
            return "f";
        }

        var declaresValue = token.Parent is VariableDeclaratorSyntax or ParameterSyntax or PropertyDeclarationSyntax or ForEachStatementSyntax
            or SingleVariableDesignationSyntax or EnumMemberDeclarationSyntax or NameEqualsSyntax;
        var namesArgument = token.Parent?.Parent is NameColonSyntax or NameEqualsSyntax;
        return !isMember && !declaresValue && !namesArgument && token.Text.Length > 1 && char.IsUpper(token.Text[0]) ? "t" : null;
    }
}
