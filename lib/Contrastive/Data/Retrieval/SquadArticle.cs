namespace Contrastive.Data;

/// <summary>An article of SQuAD.</summary>
/// <param name="Title">Its title, as the file writes it: <c>Super_Bowl_50</c>.</param>
/// <param name="Paragraphs">Its paragraphs in their order.</param>
public sealed record SquadArticle(string Title, IReadOnlyList<SquadParagraph> Paragraphs);

/// <summary>A paragraph of an article.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Questions">What is asked about it.</param>
public sealed record SquadParagraph(string Text, IReadOnlyList<SquadQuestion> Questions);

/// <summary>A question about a paragraph.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Answers">What several people marked as the answer, so often the same text; empty where there is none.</param>
/// <param name="IsImpossible">Whether the paragraph does not answer it (SQuAD 2.0).</param>
public sealed record SquadQuestion(string Id, string Text, IReadOnlyList<SquadAnswer> Answers, bool IsImpossible);

/// <summary>An answer, which is a piece of the paragraph.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Start">The character of the paragraph at which it begins, as the file says, counted in Unicode code points.</param>
public readonly record struct SquadAnswer(string Text, int Start);
