using Npgsql;

namespace Contrastive.Retrieval;

/// <summary>Two who make the same thing where it is missing: the slower one is told that it exists.</summary>
internal static class PostgresRace
{
    /// <summary>Whether what was to be made exists by now.</summary>
    public static bool IsLost(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DuplicateTable;

    /// <summary>Looks for something and makes it where it is missing; once more where another one made it in between.</summary>
    public static T Run<T>(Func<T> ensure)
    {
        try
        {
            return ensure();
        }
        catch (PostgresException error) when (IsLost(error))
        {
            return ensure();
        }
    }
}
