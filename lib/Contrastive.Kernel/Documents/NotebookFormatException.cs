namespace Contrastive.Kernel.Documents;

/// <summary>A file is not a readable notebook; the message names the file and the place in it.</summary>
public sealed class NotebookFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file's path, or a name for text that is not from a file.</param>
    /// <param name="place">Where in the file: a line and column, or a JSON path such as <c>$.cells[3].source</c>.</param>
    /// <param name="problem">What is wrong there, and what was expected.</param>
    /// <param name="inner">The underlying exception, if any.</param>
    public NotebookFormatException(string file, string place, string problem, Exception? inner = null)
        : base($"{file}, {place}: {problem}", inner)
    {
        File = file;
        Place = place;
    }

    /// <summary>The file's path or name.</summary>
    public string File { get; }

    /// <summary>Where in the file: a line and column, or a JSON path.</summary>
    public string Place { get; }
}
